// What the sensor's registers hold after the sketch has set them.

#include "../doorbell_cam/config.h"
#include "../doorbell_cam/src/board/native/native.h"
#include "../doorbell_cam/src/sensor/ov7670.h"
#include "../doorbell_cam/src/sensor/ov7670_regs.h"
#include "check.h"

static void the_window_is_640_by_480(void)
{
    int first = native_sensor[OV7670_HSTART] << 3 | (native_sensor[OV7670_HREF] & 7);
    int end = native_sensor[OV7670_HSTOP] << 3 | (native_sensor[OV7670_HREF] >> 3 & 7);
    CHECK((end - first + 784) % 784 == 640);
    int top = native_sensor[OV7670_VSTRT] << 2 | (native_sensor[OV7670_VREF] & 3);
    int bottom = native_sensor[OV7670_VSTOP] << 2 | (native_sensor[OV7670_VREF] >> 2 & 3);
    CHECK(bottom - top == 480);
}

static void exposure_is_kept_to_flickers_and_the_night_limit(uint8_t divider)
{
    CHECK(ov7670_configure(OV7670_HALF, divider));
    CHECK(native_sensor[OV7670_CLKRC] == (0x80 | divider));
    double row_ms = 0.196 * (divider + 1), flicker_ms = 500.0 / MAINS_HZ;
    double step_ms = row_ms * native_sensor[OV7670_BD50ST], longest_ms = step_ms * native_sensor[OV7670_BD50MAX];
    CHECK_THAT(native_sensor[OV7670_BD50ST] == 1 || (step_ms > flicker_ms - row_ms && step_ms < flicker_ms + row_ms), "divider %u: a step is %.1f ms", divider, step_ms);
    CHECK_THAT(longest_ms <= NIGHT_MAX_EXPOSURE_MS + 1e-9 && longest_ms > NIGHT_MAX_EXPOSURE_MS / 2, "divider %u: %.1f ms at night", divider, longest_ms);
}

static void exposure_is_read_from_five_registers(void)
{
    uint16_t rows, gain;
    native_sensor[OV7670_AECHH] = 0x41; // bit 6 is not part of it
    native_sensor[OV7670_AECH] = 0x82;
    native_sensor[OV7670_COM1] = 0x43;
    native_sensor[OV7670_GAIN] = 0x5A;
    native_sensor[OV7670_VREF] = 0xCA;
    CHECK(ov7670_read_exposure(&rows, &gain));
    CHECK(rows == (0x01 << 10 | 0x82 << 2 | 3));
    CHECK(gain == 0x35A);
}

static void silence_is_reported(void)
{
    uint8_t pid, ver;
    uint16_t rows, gain;
    native_sensor_answers = false;
    CHECK(!ov7670_reset() && !ov7670_identify(&pid, &ver) && !ov7670_configure(OV7670_HALF, 8) && !ov7670_show_bars(true) && !ov7670_read_exposure(&rows, &gain));
    native_sensor_answers = true;
}

void test_sensor(void)
{
    uint16_t before = native_now_ms;
    unsigned writes = native_sensor_writes;
    for (uint8_t divider = 1; divider <= 33; divider++)
        exposure_is_kept_to_flickers_and_the_night_limit(divider);
    CHECK_THAT((uint16_t)(native_now_ms - before) > native_sensor_writes - writes, "every write is followed by a pause of at least 1 ms");
    the_window_is_640_by_480();
    exposure_is_read_from_five_registers();
    silence_is_reported();
}
