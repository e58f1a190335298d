"""What a person is told: tasks, reminders, returns; in the pages, and by e-mail where that is set up."""
