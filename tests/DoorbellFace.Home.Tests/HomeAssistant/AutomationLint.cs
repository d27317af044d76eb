using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DoorbellFace.Testing.Home;
using YamlDotNet.RepresentationModel;

namespace DoorbellFace.Home.Tests.HomeAssistant;

/// <summary>
/// What is wrong with an automation or a blueprint of Home Assistant's, by the list of keys that it takes
/// (tests/fixtures/home-assistant/keys.json).
/// </summary>
internal sealed partial class AutomationLint
{
    private static readonly JsonObject Keys = HomeAssistantRules.Keys;

    private readonly List<string> _complaints = [];
    private readonly List<string> _used = [];

    /// <summary>The blueprint's inputs, by name, with the domains that may be chosen for them.</summary>
    public Dictionary<string, string[]> Inputs { get; } = [];

    /// <summary>Every text in it.</summary>
    public List<string> Texts { get; } = [];

    /// <summary>What is wrong, each in a sentence.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    /// <summary>Reads a file and looks at it.</summary>
    public static AutomationLint Of(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        var lint = new AutomationLint();
        lint.LookAtAll((YamlMappingNode)stream.Documents[0].RootNode);
        return lint;
    }

    private void LookAtAll(YamlMappingNode root)
    {
        CollectTexts(root);
        Known("the automation", root, [.. Listed(Keys["automation"]), "blueprint"]);
        if (Child(root, "blueprint") is YamlMappingNode blueprint) LookAtBlueprint(blueprint);
        if (Word(root, "mode") is { } mode && !Listed(Keys["modes"]).Contains(mode)) Complain($"there is no mode {mode}");
        foreach (YamlMappingNode trigger in Maps(root, "triggers"))
            Kind("trigger", trigger, Keys["triggers"]!.AsObject(), ["trigger", "id", "enabled"]);
        Conditions(root, "conditions");
        Actions(root, "actions");
        if (!Maps(root, "triggers").Any() || !Maps(root, "actions").Any()) Complain("it has no triggers or no actions");
        foreach (string input in _used.Where(input => !Inputs.ContainsKey(input))) Complain($"the input {input} is used and not declared");
        foreach (string input in Inputs.Keys.Except(_used)) Complain($"the input {input} is declared and not used");
    }

    private void LookAtBlueprint(YamlMappingNode blueprint)
    {
        JsonNode rules = Keys["blueprint"]!;
        Known("the blueprint", blueprint, [.. Listed(rules["required"]), .. Listed(rules["optional"])]);
        IEnumerable<string> missing = Listed(rules["required"]).Where(key => Child(blueprint, key) is null);
        foreach (string key in missing) Complain($"the blueprint lacks {key}");
        if (Word(blueprint, "domain") != "automation") Complain("the blueprint's domain is not automation");
        if (Child(blueprint, "input") is not YamlMappingNode inputs) return;
        foreach ((YamlNode key, YamlNode value) in inputs.Children)
        {
            var input = (YamlMappingNode)value;
            Known($"the input {key}", input, Listed(Keys["blueprint_input"]));
            var selector = (YamlMappingNode)Child(input, "selector")!;
            string kind = selector.Children.Keys.Single().ToString();
            if (Keys["selectors"]![kind] is not { } options) Complain($"there is no selector {kind}");
            else if (Child(selector, kind) is YamlMappingNode chosen) Known($"the selector of {key}", chosen, Listed(options));
            IEnumerable<YamlMappingNode> filters = Maps(Child(selector, kind) as YamlMappingNode, "filter");
            Inputs[key.ToString()] = [.. filters.Select(filter => Word(filter, "domain") ?? "")];
        }
    }

    private void Actions(YamlMappingNode parent, string name)
    {
        foreach (YamlMappingNode step in Maps(parent, name))
        {
            if (Word(step, "action") is { } action) Action(step, action);
            else if (Child(step, "if") is not null)
            {
                Known("a decision", step, ["if", "then", "else", "alias"]);
                Conditions(step, "if");
                Actions(step, "then");
                Actions(step, "else");
            }
            else if (Child(step, "delay") is not null) Known("a delay", step, ["delay", "alias"]);
            else if (Child(step, "device_id") is not null)
            {
                string kind = $"{Word(step, "domain")}.{Word(step, "type")}";
                if (Keys["device_actions"]![kind] is { } known) Known(kind, step, Listed(known));
                else Complain($"there is no device action {kind}");
            }
            else Complain($"the step {step} is none that is known");
        }
    }

    private void Action(YamlMappingNode step, string action)
    {
        Known(action, step, ["action", "target", "data", "response_variable", "alias"]);
        if (Keys["actions"]![action] is not { } known) Complain($"there is no action {action}");
        else if (Child(step, "data") is YamlMappingNode data) Known($"the data of {action}", data, Listed(known));
        if (Child(step, "target") is not YamlMappingNode target) return;
        if (Child(target, "entity_id") is not YamlScalarNode { Value: { } entity } scalar) return;
        string domain = action.Split('.')[0];
        bool fits = scalar.Tag == "!input" ? Inputs.GetValueOrDefault(entity)?.Contains(domain) == true : entity.Split('.')[0] == domain;
        if (!fits) Complain($"{action} is asked of {entity}, which is of another domain");
    }

    private void Conditions(YamlMappingNode parent, string name)
    {
        JsonObject kinds = Keys["conditions"]!.AsObject();
        foreach (YamlMappingNode condition in Maps(parent, name)) Kind("condition", condition, kinds, ["condition", "alias"]);
    }

    private void Kind(string what, YamlMappingNode node, JsonObject kinds, string[] always)
    {
        string? kind = Word(node, what);
        if (kind is null || kinds[kind] is not { } known) Complain($"there is no {what} {kind}");
        else Known($"the {what} {kind}", node, [.. always, .. Listed(known)]);
    }

    private void Known(string what, YamlMappingNode node, IEnumerable<string> known)
    {
        IEnumerable<string> unknown = node.Children.Keys.Select(key => key.ToString()).Except(known);
        foreach (string key in unknown) Complain($"{what} has {key}, which nobody knows");
    }

    private void CollectTexts(YamlNode node)
    {
        foreach (YamlScalarNode scalar in node.AllNodes.OfType<YamlScalarNode>())
        {
            string text = scalar.Value ?? "";
            if (scalar.Tag == "!input") _used.Add(text);
            else Texts.Add(text);
            if (Opening().Count(text) != Closing().Count(text)) Complain($"a template is not closed: {text}");
        }
    }

    private void Complain(string sentence) => _complaints.Add(sentence);

    private static string[] Listed(JsonNode? list) => [.. list!.AsArray().Select(item => item!.GetValue<string>())];

    private static YamlNode? Child(YamlMappingNode node, string name) =>
        node.Children.TryGetValue(new YamlScalarNode(name), out YamlNode? child) ? child : null;

    private static string? Word(YamlMappingNode node, string name) => (Child(node, name) as YamlScalarNode)?.Value;

    private static IEnumerable<YamlMappingNode> Maps(YamlMappingNode? node, string name) =>
        node is null ? [] : (Child(node, name) as YamlSequenceNode)?.Children.OfType<YamlMappingNode>() ?? [];

    [GeneratedRegex(@"\{\{")]
    private static partial Regex Opening();

    [GeneratedRegex(@"\}\}")]
    private static partial Regex Closing();
}
