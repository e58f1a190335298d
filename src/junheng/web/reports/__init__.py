"""Reports made in the pages: asked for, written by a job, read, downloaded."""
