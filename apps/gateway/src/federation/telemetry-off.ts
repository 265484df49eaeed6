// Apollo's gateway would start a metrics exporter to its maker when it is constructed. Import this file before it.
process.env.APOLLO_TELEMETRY_DISABLED = '1';
