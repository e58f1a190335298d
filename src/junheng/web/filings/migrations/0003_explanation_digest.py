from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("filings", "0002_board"),
    ]

    operations = [
        migrations.RemoveField(model_name="explanation", name="value"),
        migrations.AddField(
            model_name="explanation",
            name="digest",
            # What was explained before asks again: nobody knows against which figures it held.
            field=models.CharField(default="", max_length=64),
            preserve_default=False,
        ),
    ]
