"""What can keep the engine of many machines from starting or reading."""

from __future__ import annotations

from junheng.base.errors import JunhengError


class FilesOutOfReachError(JunhengError):
    """A machine of the cluster does not find a file that the store names."""

    code = "JH-E002"
    zh = (
        "Spark 在“{step}”一步读不到数据文件：{reason}。文件要放在驱动程序和每个工作节点都能按同一路径读到的共享文件夹"
        "（如 NFS）中；只在一台机器上有的数据，请用 --master local[*] 在那台机器上判定。"
    )
    en = (
        "At “{step}” Spark does not find a file of the data: {reason}. The store must stand in a folder that the "
        "driver and every worker see under the same path (such as NFS); what one machine has alone is judged there, "
        "by --master local[*]."
    )


class SparkMissingError(JunhengError, ModuleNotFoundError):
    """Spark was asked for and its packages are not installed: one machine judges without it."""

    code = "JH-E003"
    zh = (
        "用 Spark 判定要用附加软件包，这里缺少 {module}。请运行 pip install 'junheng[spark]' 安装，再重试；"
        "不用 Spark 时去掉 --engine spark，结论相同。"
    )
    en = (
        "Spark needs packages that are not installed ({module} is missing). Run pip install 'junheng[spark]', or leave "
        "out --engine spark: the results are the same."
    )

    def __init__(self, *, module: str) -> None:
        super().__init__(module=module)
        self.name = module


class JavaMissingError(JunhengError):
    """There is no Java on this machine, or it is too old for Spark."""

    code = "JH-E004"
    zh = (
        "用 Spark 判定需要 Java {needed} 或更高版本，这台机器上{found}。请先安装（Debian、Ubuntu："
        "apt-get install openjdk-17-jre-headless；其他系统装 OpenJDK 17），装在别处时设置环境变量 JAVA_HOME，再重试。"
    )
    en = (
        "Spark needs Java {needed} or later; on this machine: {found}. Install OpenJDK 17 (Debian, Ubuntu: "
        "apt-get install openjdk-17-jre-headless), or set JAVA_HOME, and try again."
    )


class EngineNotStartedError(JunhengError):
    """Spark did not start, or its cluster gives no machines to compute on."""

    code = "JH-E005"
    zh = "Spark 没有启动（--master {master}）：{reason}。请检查集群地址、集群是否在运行，以及 --conf 的写法，再重试。"
    en = "Spark did not start (--master {master}): {reason}. Check the address, the cluster, and --conf; try again."
