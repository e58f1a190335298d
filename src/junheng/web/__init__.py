"""The web application: where people file, check, approve and see why. Nothing else of junheng knows Django."""
