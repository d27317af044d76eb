using DoorbellFace.Application.Doors;
using DoorbellFace.Host.Composition;
using Microsoft.Extensions.DependencyInjection;

namespace DoorbellFace.Host.Tests.Launcher;

/// <summary>
/// What reaches out of the program (a broker, messages, traces, a page, pins) is made only where the settings ask for it; what is not made
/// opens no socket and no pin.
/// </summary>
public class NothingUnaskedTests
{
    [Fact]
    public void Without_settings_nothing_of_it_is_made()
    {
        var services = new ServiceCollection();
        Add(services, new Dictionary<string, string>());
        Assert.Empty(services);
    }

    [Theory]
    [InlineData("DOORBELL_TRACES__OTLP__URL", "http://collector:4318/v1/traces", 1)]
    [InlineData("DOORBELL_GPIO__LIGHT__PIN", "23", 1)]
    [InlineData("DOORBELL_MQTT__BROKER", "broker.example", 1)]
    [InlineData("DOORBELL_NOTIFY__NTFY__URL", "https://ntfy.example/a-topic", 1)]
    public void A_setting_makes_what_it_names(string variable, string value, int askers)
    {
        var services = new ServiceCollection();
        Add(services, new Dictionary<string, string> { [variable] = value });
        Assert.Equal(askers, services.Count(service => service.ServiceType == typeof(IDoorAsker)));
    }

    private static void Add(ServiceCollection services, Dictionary<string, string> environment)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["doorbell.json"], "{}");
        RunSettings settings = RunSettings.Read(folder["doorbell.json"], environment, new Dictionary<string, string>());
        services.AddHome(settings);
        services.AddGpio(settings);
        services.AddPage(settings);
    }
}
