"""Makes a training table from anyone's own labelled folders: finds the clips, measures them in parallel, writes."""
