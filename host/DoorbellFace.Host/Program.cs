using System.CommandLine;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Terminal;

var root = new RootCommand("DoorbellFace: hear who is at the door.");

return await CommandRunner.RunAsync(root, args, error => error is InvalidModelException ? error.Message : null);
