"""Ways to reach people, a folder each: `build(parts)` makes the channel. None knows another, or a service."""
