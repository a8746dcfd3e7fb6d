"""Public web apps: the Spaces of the seeds, any Gradio app, ImageLabs."""
