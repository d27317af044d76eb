using YamlDotNet.RepresentationModel;

namespace DoorbellFace.Home.Tests.HomeAssistant;

/// <summary>What the supervisor is told of the app: it refuses an app with a key that it does not know.</summary>
public class AppConfigTests
{
    /// <summary>Those of developers.home-assistant.io, "App configuration", that are used here or might be, read on 2026-11-28.</summary>
    private static readonly string[] Known =
        ["name", "version", "slug", "description", "arch", "url", "startup", "boot", "init", "ingress", "ingress_port", "ingress_stream",
            "panel_icon", "panel_title", "uart", "udev", "audio", "services", "options", "schema", "ports", "map", "homeassistant"];

    private static readonly YamlMappingNode Config = Read();

    [Fact]
    public void Every_key_is_known_and_none_that_is_required_is_missing()
    {
        string[] keys = [.. Config.Children.Keys.Select(key => ((YamlScalarNode)key).Value!)];

        Assert.Empty(keys.Except(Known));
        Assert.Empty(((string[])["name", "version", "slug", "description", "arch"]).Except(keys));
    }

    [Fact]
    public void The_page_is_where_the_ingress_looks_for_it_and_the_processors_are_those_that_are_built_for()
    {
        Assert.Equal("8455", Of("ingress_port"));
        Assert.Contains("`page.port` | `DOORBELL_PAGE__PORT` | | the page's TCP port; 0 for any that is free | 8455 |",
            File.ReadAllText(Path.Combine(Repository.Root, "docs", "settings.md")), StringComparison.Ordinal);
        Assert.Equal(["amd64", "aarch64"], ((YamlSequenceNode)Config["arch"]).Select(arch => ((YamlScalarNode)arch).Value));
        Assert.Equal(["mqtt:want"], ((YamlSequenceNode)Config["services"]).Select(service => ((YamlScalarNode)service).Value));
    }

    [Fact]
    public void Every_option_has_a_type()
    {
        string[] Keys(string of) => [.. ((YamlMappingNode)Config[of]).Children.Keys.Select(key => ((YamlScalarNode)key).Value!)];

        Assert.Equal(Keys("options"), Keys("schema"));
    }

    private static string? Of(string key) => ((YamlScalarNode)Config[key]).Value;

    private static YamlMappingNode Read()
    {
        using StreamReader file = File.OpenText(Path.Combine(Repository.Root, "docs", "home-assistant", "app", "config.yaml"));
        var yaml = new YamlStream();
        yaml.Load(file);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }
}
