"""What it adds up to: polarity by holder and target, with intervals."""
