using DoorbellFace.Application.Faces;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Web;
using Microsoft.Extensions.Time.Testing;

namespace DoorbellFace.Browser.Tests;

/// <summary>Networks are loaded when they are wanted and unloaded when nobody wants them; what they are does not matter here.</summary>
public sealed class ToolRoomTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ToolRoom _room;
    private string _stamp = "one";
    private int _loaded, _unloaded;

    public ToolRoomTests() => _room = new ToolRoom(Load, () => _stamp, _time);

    [Fact]
    public async Task They_stay_loaded_for_whoever_does_one_thing_after_another()
    {
        await WorkAsync();
        _time.Advance(ToolRoom.KeepFor / 2);
        await WorkAsync();
        _time.Advance(ToolRoom.KeepFor * 0.9);

        Assert.Equal((1, 0), (_loaded, _unloaded));
    }

    [Fact]
    public async Task They_are_unloaded_when_nobody_wants_them_and_loaded_again()
    {
        await WorkAsync();
        _time.Advance(ToolRoom.KeepFor);
        Assert.Equal((1, 1), (_loaded, _unloaded));

        await WorkAsync();
        Assert.Equal((2, 1), (_loaded, _unloaded));
    }

    [Fact]
    public async Task Another_model_takes_their_place()
    {
        await WorkAsync();
        _stamp = "two";
        await WorkAsync();

        Assert.Equal((2, 1), (_loaded, _unloaded));
    }

    [Fact]
    public async Task A_work_that_fails_leaves_them_to_the_next()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            _room.WorkAsync<bool>(_ => throw new InvalidOperationException("It went wrong."), CancellationToken.None));
        await WorkAsync();

        Assert.Equal((1, 0), (_loaded, _unloaded));
    }

    [Fact]
    public async Task After_the_end_nobody_works_with_them()
    {
        await WorkAsync();
        _room.Dispose();

        Assert.Equal(1, _unloaded);
        await Assert.ThrowsAsync<ObjectDisposedException>(WorkAsync);
    }

    public void Dispose() => _room.Dispose();

    private Task<bool> WorkAsync() => _room.WorkAsync(_ => true, CancellationToken.None);

    private GalleryTools Load()
    {
        _loaded++;
        return new GalleryTools(null!, null!, null!, StrangerBank.Of("", []), owned: new Unloading(() => _unloaded++));
    }

    private sealed class Unloading(Action unload) : IDisposable
    {
        public void Dispose() => unload();
    }
}
