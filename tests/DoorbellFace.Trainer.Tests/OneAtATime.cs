// Torch uses every core by itself; test classes side by side would only wait for each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
