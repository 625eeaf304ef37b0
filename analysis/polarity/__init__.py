"""For or against: the polarity of each mention, toward the actor that is mentioned."""
