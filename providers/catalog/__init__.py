"""The catalogue of models: the built-in file, the operator's file, and the registry of providers."""
