touch "@HOME@/ran"
