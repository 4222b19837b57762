"""The inside of the batch path: Faust, aiokafka and RocksDB live here; `processors.batching` is the way in."""
