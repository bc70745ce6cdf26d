"""Care for those who went: hard calls, debriefs, stand-downs, exposure and whom to phone."""
