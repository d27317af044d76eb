using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Visits;
using DoorbellFace.Home.Mqtt;

namespace DoorbellFace.Home.Tests.HomeAssistant;

/// <summary>
/// The blueprints and examples in docs/home-assistant: Home Assistant says little of a key that it does not know, and nothing of an
/// attribute.
/// </summary>
public partial class HomeAssistantFilesTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "docs", "home-assistant");

    /// <summary>What in the examples stands for something of the reader's own.</summary>
    private static readonly string[] OfTheReader = ["light.hall", "input_boolean.night", "notify.telephone"];

    private static readonly string[] All =
    [
        .. Directory.EnumerateFiles(Folder, "*.yaml", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Folder, path)).Where(file => !file.StartsWith("app/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    public static TheoryData<string> Files => [.. All];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_key_is_one_that_Home_Assistant_takes(string file) => Assert.Empty(AutomationLint.Of(Read(file)).Complaints);

    [Fact]
    public void There_are_three_blueprints_and_three_examples_and_all_are_described()
    {
        string page = Read("README.md");

        Assert.Equal(3, All.Count(file => file.StartsWith("blueprints", StringComparison.Ordinal)));
        Assert.Equal(3, All.Count(file => file.StartsWith("examples", StringComparison.Ordinal)));
        Assert.All(All, file => Assert.Contains($"[{file}]({file})", page, StringComparison.Ordinal));
    }

    /// <summary>The check itself must be able to fail.</summary>
    [Theory]
    [InlineData("blueprints/announce.yaml", "not_from:", "not_form:", "the trigger state has not_form, which nobody knows")]
    [InlineData("blueprints/announce.yaml", "value_template: \"{{ trigger", "value: \"{{ trigger", "the condition template has value")]
    [InlineData("blueprints/announce.yaml", "assist_satellite.announce", "assist_satellite.say", "there is no action assist_satellite.say")]
    [InlineData("blueprints/announce.yaml", "entity_id: !input satellites", "entity_id: !input players", "which is of another domain")]
    [InlineData("blueprints/announce.yaml", "sentence }}\"\nconditions", "sentence }\"\nconditions", "a template is not closed")]
    [InlineData("blueprints/telephone.yaml", "!input telephone", "!input phone", "the input phone is used and not declared")]
    [InlineData("blueprints/telephone.yaml", "type: notify", "type: tell", "there is no device action mobile_app.tell")]
    [InlineData("blueprints/ask-who-it-was.yaml", "answers:", "replies:", "the data of assist_satellite.ask_question has replies")]
    [InlineData("blueprints/ask-who-it-was.yaml", "domain: automation", "domain: script", "the blueprint's domain is not automation")]
    [InlineData("examples/flash-a-light.yaml", "doorbell.rang", "doorbell.rung", "there is no trigger doorbell.rung")]
    [InlineData("examples/mute-at-night.yaml", "mode: single", "mode: alone", "there is no mode alone")]
    public void A_slip_is_noticed(string file, string right, string wrong, string expected)
    {
        string before = Read(file), after = before.Replace(right, wrong, StringComparison.Ordinal);
        Assert.NotEqual(before, after);

        Assert.Contains(AutomationLint.Of(after).Complaints, complaint => complaint.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_entity_is_one_of_the_doors_or_stands_for_one_of_the_readers(string file)
    {
        string[] named = [.. EntityId().Matches(string.Join('\n', AutomationLint.Of(Read(file)).Texts)).Select(match => match.Value)];

        Assert.Empty(named.Except([.. OfTheDoor(), .. OfTheReader]));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_attribute_and_type_of_the_visitor_is_one_that_the_door_says(string file)
    {
        JsonObject said = VisitorEvents.Event((VisitorIdentified)DoorEvents.Identified().Happened, "Anna is at the door.");
        string texts = string.Join('\n', AutomationLint.Of(Read(file)).Texts);

        Assert.Empty(Attribute().Matches(texts).Select(match => match.Groups[1].Value).Except(said.Select(field => field.Key)));
        Assert.Empty(EventType().Matches(texts).Select(match => match.Groups[1].Value).Except(VisitorEvents.Types));
    }

    /// <summary>What the satellite hears goes to the door word for word: the door must find the name in it.</summary>
    [Fact]
    public void What_the_blueprint_tells_the_door_is_a_sentence_that_it_understands()
    {
        List<string> texts = AutomationLint.Of(Read("blueprints/ask-who-it-was.yaml")).Texts;
        string value = Assert.Single(texts, text => text.Contains("slots.name", StringComparison.Ordinal));
        string told = value.Replace("{{ answer.slots.name }}", "ben", StringComparison.Ordinal);

        Assert.Equal("ben", Core.Languages.Language.English.NameIn(told, out bool isDenied));
        Assert.False(isDenied);
    }

    private static IEnumerable<string> OfTheDoor()
    {
        var options = new MqttOptions { Broker = "localhost" };
        var discovery = new DeviceDiscovery(options, new HomeTopics(options, DoorId.Front), DoorId.Front, "0.1.0");
        JsonObject door = discovery.Door([], new Dictionary<string, string>());
        return door["components"]!.AsObject().Select(component => component.Value!["default_entity_id"]!.GetValue<string>());
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));

    [GeneratedRegex(
        @"\b(?:event|sensor|binary_sensor|image|button|notify|text|switch|number|light|input_boolean)\."
        + @"(?!send_message|turn_o|set_value|press)[a-z_]+")]
    private static partial Regex EntityId();

    [GeneratedRegex(@"attributes\.([a-z_]+)")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"event_type == '([a-z_]+)'")]
    private static partial Regex EventType();
}
