using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Simulation.VirtualDoorbell;

/// <summary>What is sent, and when.</summary>
public sealed partial class VirtualDevice
{
    /// <summary>Writes the next packet that is due.</summary>
    /// <param name="target">At least <see cref="PacketDecoder.MaxPacketBytes"/> bytes.</param>
    /// <returns>Its length; 0 when nothing is due.</returns>
    public int Take(Span<byte> target)
    {
        FrameSent? begun = null, ended = null;
        int length;
        lock (_lock) length = Take(Now, target, ref begun, ref ended);
        if (begun is { } first) FrameBegun?.Invoke(first);
        if (ended is { } last) FrameEnded?.Invoke(last);
        return length;
    }

    /// <summary>How long until something is due by the clock; zero when it is due already.</summary>
    public TimeSpan NextDue()
    {
        lock (_lock)
        {
            TimeSpan now = Now, due = NextDueAt(now);
            return due <= now ? TimeSpan.Zero : due - now;
        }
    }

    private int Take(TimeSpan now, Span<byte> target, ref FrameSent? begun, ref FrameSent? ended)
    {
        if (!_isUp && !Start(now)) return 0;
        if (_pressToTell is { } press && now >= _bellAt)
        {
            _bellAt = now + TimeSpan.FromMilliseconds(BellEveryMilliseconds);
            return PacketCodec.Encode(new BellPacket(_boot, press), target);
        }
        if (_outbox.TryDequeue(out byte[]? packet))
        {
            packet.CopyTo(target);
            if (_outbox.Count == 0 && _resetsAfterAck) Restart(resetCause: 1 << 3);
            return packet.Length;
        }
        if (_frame is null && WantsFrame && now >= NextFrameAt(now)) return BeginFrame(now, target, ref begun);
        if (_frame is { } frame && now >= frame.NextAt) return ContinueFrame(frame, now, target, ref ended);
        if (_frame is null && now >= _statusAt)
        {
            _statusAt = now + TimeSpan.FromSeconds(StatusEverySeconds);
            SendStatus();
            return Take(now, target, ref begun, ref ended);
        }
        return 0;
    }

    private bool Start(TimeSpan now)
    {
        if (now < _startedAt + _options.StartTime) return false;
        _isUp = true;
        _statusAt = now + TimeSpan.FromSeconds(StatusEverySeconds);
        SendHello();
        if (_options.Camera is { } fault) Send(new LogPacket(LogSeverity.Error, fault.RemarkCode, fault.Remark));
        return true;
    }

    private TimeSpan NextDueAt(TimeSpan now)
    {
        if (!_isUp) return _startedAt + _options.StartTime;
        if (_outbox.Count > 0) return TimeSpan.Zero;
        TimeSpan frame = _frame is { } open ? open.NextAt : WantsFrame ? NextFrameAt(now) : _statusAt;
        TimeSpan bell = _pressToTell is null ? Never : _bellAt;
        return bell < frame ? bell : frame;
    }

    /// <summary>The sensor never stops: a frame begins at its next vertical blank, the k-th period after the start.</summary>
    private TimeSpan NextFrameAt(TimeSpan now)
    {
        if (!_options.IsPaced) return TimeSpan.Zero;
        // A frame that could not begin within a tenth of its period has missed its blank and waits for the next.
        if (_frameAt is not { } at || at + (FramePeriod / 10) < now)
        {
            long periods = (long)Math.Ceiling((now - _startedAt) / FramePeriod);
            _frameAt = at = _startedAt + (periods * FramePeriod);
        }
        return at;
    }

    private int BeginFrame(TimeSpan now, Span<byte> target, ref FrameSent? begun)
    {
        TimeSpan startsAt = _options.IsPaced ? NextFrameAt(now) : TimeSpan.Zero;
        _frameAt = startsAt + FramePeriod;
        FrameTrigger trigger = _runFrames > 0 ? FrameTrigger.Bell : _requests > 0 ? FrameTrigger.Request : FrameTrigger.Stream;
        if (trigger == FrameTrigger.Bell) _runFrames--;
        if (trigger == FrameTrigger.Request) _requests--;
        PixelBuffer pixels = _showsTestBars ? TestBars.Draw(_mode.Width, _mode.Height, _mode.Format) : _sensor.Capture(_scene(), _mode);
        var sent = new FrameSent(_boot, _nextSequence, trigger, _presses);
        if (_options.Camera is { } fault) pixels = fault.Pass(pixels);
        TimeSpan rowPeriod = _options.IsPaced ? _mode.RowPeriod(_options.BaudRateBitsPerSecond) : TimeSpan.Zero;
        _frame = new FrameBeingSent(sent, pixels, startsAt, rowPeriod, _mode.IsCompressed);
        _nextSequence = (_nextSequence + 1) % SequenceLimits.Frames;
        begun = sent;
        return PacketCodec.Encode(
            new FrameStartPacket(
                sent.Sequence, _mode.Number, pixels.Width, pixels.Height, _mode.WireCode, (int)trigger, _showsTestBars ? 1 : 0),
            target);
    }

    private int ContinueFrame(FrameBeingSent frame, TimeSpan now, Span<byte> target, ref FrameSent? ended)
    {
        if (frame.NextRow < frame.Pixels.Height)
        {
            int row = frame.NextRow++;
            return RowPacket.Encode(frame.Sent.Sequence, row, frame.Row(row), target);
        }
        _frame = null;
        _framesSent++;
        _statusAt = now + TimeSpan.FromSeconds(StatusEverySeconds);
        ended = frame.Sent;
        (int exposure, int gain) = frame.ExposureAndGain();
        return PacketCodec.Encode(new FrameEndPacket(frame.Sent.Sequence, frame.Pixels.Height, 0, 0, exposure, gain), target);
    }

    private sealed record FrameBeingSent(FrameSent Sent, PixelBuffer Pixels, TimeSpan StartsAt, TimeSpan RowPeriod, bool IsCompressed)
    {
        public int NextRow { get; set; }

        /// <summary>A row as it travels.</summary>
        public ReadOnlySpan<byte> Row(int row)
        {
            if (!IsCompressed) return Pixels.Row(row);
            byte[] packed = new byte[CompressedRow.Bytes(Pixels.Width)];
            CompressedRow.Encode(Pixels.Row(row), packed);
            return packed;
        }

        /// <summary>A row leaves when the sensor has delivered it; FRAME_END when the last one has.</summary>
        public TimeSpan NextAt => StartsAt + ((NextRow + 1) * RowPeriod);

        /// <summary>What automatic exposure would have chosen for so bright a picture: first longer rows up to 510, then gain.</summary>
        public (int ExposureRows, int Gain) ExposureAndGain()
        {
            const int TargetLevel = 110, RowsAtTarget = 250, MostRows = 510, UnityGain = 16, MostGain = 1023;
            long sum = 0;
            int step = Pixels.Format == PixelFormat.Gray8 ? 1 : 2;
            for (int i = 0; i < Pixels.Pixels.Length; i += step) sum += Pixels.Pixels[i];
            double wanted = TargetLevel / Math.Max((double)sum * step / Pixels.Pixels.Length, 1);
            double rows = Math.Clamp(RowsAtTarget * wanted, 1, MostRows);
            return ((int)rows, (int)Math.Clamp(UnityGain * RowsAtTarget * wanted / rows, UnityGain, MostGain));
        }
    }

    /// <summary>How many different numbers the protocol has.</summary>
    private static class SequenceLimits
    {
        public const int Frames = 16384;
        public const int Presses = 16383;
    }
}
