using DoorbellFace.Core.Recognition;
using DoorbellFace.Terminal;

var root = CommandRunner.CreateRoot("DoorbellFace: makes the model that knows the family.");

return await CommandRunner.RunAsync(root, args, error => error is InvalidModelException ? error.Message : null);
