"""The real Kafka and the real Elasticsearch on this machine, without containers: download, start, watch, stop."""

from deploy.local.servers import Addresses, LocalServers, ServersStatus, ServerStatus, default_cache, default_home

__all__ = ["Addresses", "LocalServers", "ServerStatus", "ServersStatus", "default_cache", "default_home"]
