using DoorbellFace.Application.Doors;
using DoorbellFace.Gpio;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Host.Composition;

/// <summary>What is wired to this computer: made only where the settings name a pin, and only then are its libraries loaded.</summary>
internal static class GpioParts
{
    /// <summary>Adds it.</summary>
    public static void AddGpio(this IServiceCollection services, RunSettings settings)
    {
        if (!settings.Gpio.IsOn) return;
        services.AddSingleton(provider => new WiredParts(settings.Gpio, GpioBoard.OfThisComputer, settings.Language,
            provider.GetRequiredService<SteadyTime>(), provider.GetRequiredService<ILogger<WiredParts>>()));
        services.AddSingleton<IDoorSubscriber>(provider => provider.GetRequiredService<WiredParts>());
        services.AddSingleton<IDoorAsker>(provider => provider.GetRequiredService<WiredParts>());
        services.AddSingleton<Action<int>>(provider =>
        {
            var parts = provider.GetRequiredService<WiredParts>();
            return _ => parts.Chime();
        });
    }
}
