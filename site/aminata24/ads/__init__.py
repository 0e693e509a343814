"""What the publisher sells: placements and campaigns."""
