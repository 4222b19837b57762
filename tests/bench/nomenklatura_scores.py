"""What nomenklatura's logic-v2 makes of pairs of names; `tests.bench.bench_names` runs it where that is installed.

Standard input: a JSON array of [schema, name, name]. Standard output: {"version", "scores", "seconds"}, the seconds of
CPU for all pairs, without imports and after two pairs that load what is loaded once.
"""

import json
import sys
import time
from itertools import count


def main() -> None:
    """Read, score, write."""
    import nomenklatura  # type: ignore[import-not-found,unused-ignore]
    from followthemoney import ValueEntity, model  # type: ignore[import-not-found,unused-ignore]
    from nomenklatura.matching import LogicV2  # type: ignore[import-not-found,unused-ignore]

    config = LogicV2.default_config()

    # Each entity has an id of its own: it keeps what it made of one, by the id.
    numbers = count()

    def score(schema: str, left: str, right: str) -> float:
        entities = [ValueEntity(model.get(schema), {"id": f"name-{next(numbers)}"}) for _ in range(2)]
        for entity, name in zip(entities, (left, right), strict=True):
            entity.add("name", name)
        return float(LogicV2.compare(*entities, config).score)

    pairs = json.load(sys.stdin)
    score("Person", "Ana Ficticia", "Ana Ficticia")
    score("Company", "Ejemplo Ltd", "Ejemplo Limited")
    began = time.process_time()
    scores = [score(*pair) for pair in pairs]
    seconds = time.process_time() - began
    json.dump({"version": nomenklatura.__version__, "scores": scores, "seconds": seconds}, sys.stdout)


if __name__ == "__main__":
    main()
