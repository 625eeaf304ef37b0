"""How the models were trained: ``python -m analysis.models.training.<model>``."""
