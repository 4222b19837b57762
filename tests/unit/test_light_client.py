"""The light client: a partner installs pydantic, kafka-python and orjson, and nothing else is imported."""

import subprocess
import sys
import textwrap

import pytest

BLOCKER = """
import importlib.metadata, sys
ours = {"streams"}
light = {"pydantic", "kafka_python", "kafka-python", "orjson", "pydantic_core", "pydantic-core", "annotated-types",
         "typing_extensions", "typing-extensions", "typing-inspection"}
names = {name for name, owners in importlib.metadata.packages_distributions().items()
         if not any(owner.lower() in light for owner in owners)} - ours | {"yaml", "openpyxl", "crc32c"}
class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in names:
            raise ImportError(f"{name} is not part of the light client")
sys.meta_path.insert(0, Blocker())
"""


def run_light(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", BLOCKER + textwrap.dedent(code)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    "module",
    ["streams.contracts", "streams.publisher", "streams.subscriber", "streams.alerts", "streams.admin",
     "streams.parsing", "streams.registry", "streams.mapping", "streams.schema", "streams.event_lines",
     "streams.dead_letters"],
)  # fmt: skip
def test_module_imports_with_the_light_client_alone(module: str) -> None:
    run_light(f"import {module}")


def test_publisher_works_up_to_the_network_with_the_light_client_alone() -> None:
    out = run_light(
        """
        from streams.errors import KafkaUnreachableError
        from streams.publisher import Publisher
        try:
            Publisher("cbp", "127.0.0.1:1", connect_timeout_s=0.3)
        except KafkaUnreachableError as error:
            print(error)
        """
    )
    assert "127.0.0.1:1" in out


def test_importing_the_publisher_loads_no_kafka_library() -> None:
    assert run_light("import streams.publisher; print('kafka' in sys.modules)").strip() == "False"


def test_mapping_file_without_yaml_says_what_to_install() -> None:
    out = run_light(
        """
        from streams.errors import MappingError
        from streams.mapping import load_mapping
        try:
            load_mapping("cbp_drugs")
        except MappingError as error:
            print(error)
        """
    )
    assert "`pip install '.[mapping]'` in the checkout" in out
