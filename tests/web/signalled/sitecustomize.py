"""A process that sends a signal to itself inside a transaction, at the same place on every machine.

Python runs this when it starts and finds the folder in PYTHONPATH, where ``OtherInstallation.start`` puts it.
"""

import os
from itertools import count

from django.db.backends.signals import connection_created

NUMBER, PLACE, STATEMENT = os.environ["JUNHENG_TEST_SIGNAL"].split(" ", 2)
executed = count(1)


def signal_after(execute, sql, params, many, context):
    done = execute(sql, params, many, context)
    if context["connection"].in_atomic_block and str(sql).startswith(STATEMENT) and next(executed) == int(PLACE):
        os.killpg(os.getpgrp(), int(NUMBER))
    return done


def watch(connection, **_):
    """Every connection, whichever thread opens it; a wrapper outlives the connection being closed and opened again."""
    if signal_after not in connection.execute_wrappers:
        connection.execute_wrappers.append(signal_after)


connection_created.connect(watch)
