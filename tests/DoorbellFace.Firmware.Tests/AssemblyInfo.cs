// Every test here runs a simulator at full speed and a compiler before that: one after the other, so that they do not slow each other down.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
