"""What was trained, each in its own folder with a model card; `training` holds how."""
