"""Jobs on Vertex AI: what a machine can have, what a request says, and how it is sent."""
