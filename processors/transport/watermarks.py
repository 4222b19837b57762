"""How far each input partition is done: the bookkeeping behind every commit, without any Kafka in it.

Offsets of one partition, from left to right:

    start ......... done ........... cut .............. read
      acknowledged   |  in flight     |   buffered       |  not fetched yet

`done` is the watermark: every record below it has had its outputs and its state rows acknowledged. It is what a
commit may say. A slice runs from `cut` to the first offset of what follows, so offsets that hold no record
(transaction markers, compacted rows) belong to the slice before them and never hold the watermark up.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from processors.errors import OffsetsWentBackError

__all__ = ["Partition", "Slice", "Watermarks"]


class Partition(NamedTuple):
    """A topic and the number of one of its partitions; equal to the tuples that Faust and aiokafka use."""

    topic: str
    partition: int


class Slice(NamedTuple):
    """Offsets `start` (inclusive) to `end` (exclusive) of a partition, handed out under one generation."""

    partition: Partition
    generation: int
    start: int
    end: int


@dataclass(slots=True)
class _Track:
    start: int | None = None
    done: int = 0
    cut: int = 0
    read: int = 0
    in_flight: bool = False
    committed: int | None = None


class Watermarks:
    """Watermarks per partition and generation.

    A generation is one assignment of partitions to this process, counted here and not by the group: a static
    member that joins again keeps the group's generation, but its batches from before must still not count.
    """

    def __init__(self) -> None:
        """No partition assigned, generation 0."""
        self.generation = 0
        self._tracks: dict[Partition, _Track] = {}
        self._frozen = False

    def assign(self, partitions: Iterable[Partition]) -> int:
        """Begin a new generation with these partitions, forgetting all older ones; returns its number."""
        self.generation += 1
        self._tracks = {Partition(*partition): _Track() for partition in partitions}
        return self.generation

    def revoke(self) -> None:
        """End the generation: nothing handed out so far can be acknowledged any more."""
        self.assign(())

    def freeze(self) -> None:
        """Refuse every acknowledgement from now on: something failed, and later offsets must stay uncommitted."""
        self._frozen = True

    @property
    def partitions(self) -> tuple[Partition, ...]:
        """The partitions of this generation."""
        return tuple(self._tracks)

    def is_current(self, piece: Slice) -> bool:
        """Whether `piece` may still be acknowledged."""
        return not self._frozen and piece.generation == self.generation and piece.partition in self._tracks

    def fetched(self, partition: Partition, first: int, position: int) -> None:
        """Note that records from offset `first` on were read, and that reading goes on at `position`.

        Raises:
            OffsetsWentBackError: `first` lies below what was read before in this generation.
        """
        track = self._tracks[partition]
        if track.start is None:
            track.start = track.done = track.cut = track.read = first
        if first < track.read:
            raise OffsetsWentBackError(
                f"Partition {partition.partition} of {partition.topic} went back from offset {track.read} to {first}: "
                "check whether the topic was truncated or created anew, then start the worker again."
            )
        track.read = position

    def settle(self, partition: Partition, position: int) -> None:
        """Note that reading stands at `position` and nothing below it waits: offsets without records are done."""
        track = self._tracks[partition]
        if track.in_flight or track.cut != track.done:
            raise AssertionError(f"{partition} is not idle: {track}")
        if track.start is None:
            track.start = track.done = track.cut = track.read = position
        elif position > track.done and not self._frozen:
            track.done = track.cut = track.read = position

    def hand_out(self, partition: Partition, end: int) -> Slice:
        """Cut the slice from the last cut to `end`; only one slice of a partition may be in flight."""
        track = self._tracks[partition]
        if track.in_flight or not track.cut <= end <= track.read:
            raise AssertionError(f"can't cut {partition} at {end}: {track}")
        piece = Slice(partition, self.generation, track.cut, end)
        track.cut, track.in_flight = end, True
        return piece

    def acknowledge(self, piece: Slice) -> bool:
        """Move the watermark over `piece`; False, and nothing moves, if its generation is over or all is frozen.

        The caller promises that every output and state row of the slice was acknowledged by Kafka.
        """
        if not self.is_current(piece):
            return False
        track = self._tracks[piece.partition]
        if not track.in_flight or piece.start != track.done or piece.end != track.cut:
            raise AssertionError(f"{piece} is not the slice in flight: {track}")
        track.done, track.in_flight = piece.end, False
        return True

    def done(self, partition: Partition) -> int | None:
        """The watermark of a partition; None while nothing of it has been read."""
        track = self._tracks.get(partition)
        return None if track is None or track.start is None else track.done

    def committable(self, partition: Partition) -> int | None:
        """The offset to commit for a partition, or None if the last commit already says it."""
        track = self._tracks.get(partition)
        if track is None or track.start is None or track.done in (track.start, track.committed):
            return None
        return track.done

    def committed(self, partition: Partition, offset: int, generation: int) -> None:
        """Note that `offset` is committed; ignored if the generation is over."""
        track = self._tracks.get(partition)
        if track is not None and generation == self.generation and (track.committed or 0) < offset:
            track.committed = offset
