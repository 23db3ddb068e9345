"""What a window without a scenario shows and offers."""
