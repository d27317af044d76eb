using DoorbellFace.Application.Doors;
using DoorbellFace.Application.People;
using DoorbellFace.Home.Mqtt;
using DoorbellFace.Home.Notifications;
using DoorbellFace.Home.Traces;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Host.Composition;

/// <summary>
/// What else in the house is told of the door: only what the settings ask for is made, and only then are its libraries loaded.
/// </summary>
internal static class HomeParts
{
    /// <summary>Adds it.</summary>
    public static void AddHome(this IServiceCollection services, RunSettings settings)
    {
        if (settings.Home.Mqtt.IsOn) services.AddBroker(settings);
        if (settings.Home.Notify.IsOn) services.AddNotifiers(settings.Home.Notify);
        if (settings.Home.Traces.IsOn)
            services.AddSingleton<IDoorAsker>(_ => new TraceExport(settings.Home.Traces, CommandRunner.Version));
    }

    private static void AddNotifiers(this IServiceCollection services, NotifyOptions options)
    {
        services.AddSingleton(provider => new Notifiers(
            options, PictureFile.EncodeJpeg, provider.GetRequiredService<SteadyTime>(), provider.GetRequiredService<ILogger<Notifiers>>()));
        for (int i = 0; i < options.ReceiverCount; i++)
        {
            int index = i;
            services.AddSingleton<IDoorSubscriber>(provider => provider.GetRequiredService<Notifiers>().All[index]);
            services.AddSingleton<IDoorAsker>(provider => provider.GetRequiredService<Notifiers>().All[index]);
        }
    }

    private static void AddBroker(this IServiceCollection services, RunSettings settings)
    {
        services.AddSingleton(provider =>
        {
            var house = provider.GetRequiredService<HouseServices>();
            var told = new HomeHouse(
                house.Visits, house.People, house.Rules, house.RulesStorage,
                    new SpokenCorrection(house.People, house.Visits, house.Enrolment, house.LoadTools, settings.Language),
                settings.Language, settings.Speech.WordsPerMinute, PictureFile.EncodeJpeg, CommandRunner.Version);
            return new MqttHome(settings.Home.Mqtt, settings.Door, told, provider.GetRequiredService<SteadyTime>(),
                provider.GetRequiredService<ILogger<MqttHome>>());
        });
        services.AddSingleton<IDoorSubscriber>(provider => provider.GetRequiredService<MqttHome>());
        services.AddSingleton<IDoorAsker>(provider => provider.GetRequiredService<MqttHome>());
    }
}
