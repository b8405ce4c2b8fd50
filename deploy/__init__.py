"""How the pipeline is put on machines: one machine without containers (`local`), compose, Kubernetes."""
