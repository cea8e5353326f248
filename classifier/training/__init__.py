"""Makes the models: tables in, fitted and measured voting classifiers out; never imported while serving."""
