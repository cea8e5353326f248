"""Makes the tag network from its author's release: TensorFlow checkpoint in, ONNX graph out; never used to serve."""
