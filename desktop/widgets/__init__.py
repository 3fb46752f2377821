"""Parts every screen is built of; they know the look and nothing of the business."""
