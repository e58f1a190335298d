"""One Spark for all its tests: a cluster of real processes takes seconds to start, and Spark longer to be warm."""

import pytest


@pytest.fixture(scope="session")
def spark_cluster(tmp_path_factory):
    from engines.cluster import cluster

    with cluster(tmp_path_factory.mktemp("cluster")) as running:
        yield running


@pytest.fixture(scope="session")
def spark(spark_cluster):
    """The engine on two workers."""
    from engines.cluster import CONF
    from junheng.engine.spark import Spark

    with Spark(spark_cluster.url, CONF) as engine:
        yield engine
