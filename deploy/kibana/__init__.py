"""Kibana as code: the data views and the dashboard of a view, from small descriptions of panels."""

from deploy.kibana.saved_objects import export_ndjson, saved_objects

__all__ = ["export_ndjson", "saved_objects"]
