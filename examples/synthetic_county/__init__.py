"""A synthetic county of about 130 schools whose primary stage has the weighted means and CVs of a published table."""
