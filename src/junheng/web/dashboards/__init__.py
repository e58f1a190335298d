"""What a county, a school and an indicator look like when judged, and why."""
