// What the sensor's registers hold after the sketch has set them.

#include <string.h>

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
    CHECK_THAT(native_sensor[OV7670_BD50ST] == 1 || (step_ms > flicker_ms - row_ms && step_ms < flicker_ms + row_ms),
        "divider %u: a step is %.1f ms", divider, step_ms);
    CHECK_THAT(longest_ms <= NIGHT_MAX_EXPOSURE_MS + 1e-9 && longest_ms > NIGHT_MAX_EXPOSURE_MS / 2,
        "divider %u: %.1f ms at night", divider, longest_ms);
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
    CHECK(!ov7670_reset() && !ov7670_identify(&pid, &ver) && !ov7670_configure(OV7670_HALF, 8) && !ov7670_show_bars(true)
        && !ov7670_read_exposure(&rows, &gain));
    native_sensor_answers = true;
}

// Every register that each mode sets, and no other: what a slip of a digit changes in the picture only silicon would show.
static void each_mode_writes_exactly_these_registers(void)
{
    static const uint8_t common[][2] = {
        {0x6B, 0x0A}, {0x15, 0x20}, {0x12, 0x00}, {0x3D, 0x88}, {0x17, 0x16}, {0x18, 0x04}, {0x19, 0x02}, {0x1A, 0x7A}, {0x03, 0x0A},
        {0x0C, 0x04}, {0x70, 0x3A},
        {0x71, 0x35}, {0xA2, 0x02}, {0x13, 0xE7}, {0x14, 0x3A}, {0x3B, 0x0A}, {0x24, 0x90}, {0x25, 0x60}, {0x0D, 0x10}, {0x1E, 0x05},
        {0xB1, 0x0C}, {0xB3, 0x82}, {0xB8, 0x0A}, {0x76, 0xE1},
        {0x7A, 35}, {0x7B, 32}, {0x7C, 45}, {0x7D, 64}, {0x7E, 90}, {0x7F, 101}, {0x80, 111}, {0x81, 119}, {0x82, 128}, {0x83, 135},
        {0x84, 143}, {0x85, 156},
        {0x86, 169}, {0x87, 191}, {0x88, 212}, {0x89, 230}, {0x32, 0x24}, {0x3A, 0x04}, {0x42, 0x40},
    };
    static const uint8_t of_scale[2][3][2] = {{{0x3E, 0x19}, {0x72, 0x11}, {0x73, 0xF1}}, {{0x3E, 0x1A}, {0x72, 0x22}, {0x73, 0xF2}}};
    // Divider, flicker steps (9D, 9E), their most (A5, AB): 10 ms and 80 ms in rows of 0.196 ms times the divider + 1.
    static const struct {
        uint8_t scale, divider, step, most;
    } modes[] = {
        {1, 17, 3, 7}, {2, 4, 10, 8}, {1, 8, 6, 7}, {1, 4, 10, 8}, {1, 2, 17, 8}, {2, 1, 26, 7}, {2, 2, 17, 8}, {1, 9, 5, 8},
            {1, 33, 2, 6}};
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        const struct {
            uint8_t address, value;
        } own[] = {
            {0x11, (uint8_t)(0x80 | modes[i].divider)}, {0x9D, modes[i].step}, {0x9E, modes[i].step}, {0xA5, modes[i].most},
                {0xAB, modes[i].most}};
        memset(native_sensor, 0xEE, sizeof native_sensor);
        CHECK(ov7670_configure((ov7670_scale_t)modes[i].scale, modes[i].divider) && ov7670_set_alignment(0) && ov7670_show_bars(false));
        for (size_t k = 0; k < sizeof common / sizeof common[0]; k++) {
            CHECK_THAT(native_sensor[common[k][0]] == common[k][1], "register %02X is %02X, not %02X", common[k][0], common[k][1],
                native_sensor[common[k][0]]);
            native_sensor[common[k][0]] = 0xEE;
        }
        for (size_t k = 0; k < 3; k++) {
            const uint8_t *pair = of_scale[modes[i].scale - 1][k];
            CHECK_THAT(native_sensor[pair[0]] == pair[1], "register %02X is %02X, not %02X", pair[0], pair[1], native_sensor[pair[0]]);
            native_sensor[pair[0]] = 0xEE;
        }
        for (size_t k = 0; k < sizeof own / sizeof own[0]; k++) {
            CHECK_THAT(native_sensor[own[k].address] == own[k].value, "register %02X with divider %u is %u, not %u", own[k].address,
                modes[i].divider, own[k].value,
                native_sensor[own[k].address]);
            native_sensor[own[k].address] = 0xEE;
        }
        for (unsigned address = 0; address < 256; address++)
            CHECK_THAT(native_sensor[address] == 0xEE, "register %02X is not written", address);
    }
    for (uint8_t alignment = 0; alignment < OV7670_ALIGNMENTS; alignment++) {
        CHECK(ov7670_set_alignment(alignment));
        CHECK(native_sensor[0x32] == (0x24 | (alignment & 3) << 6) && native_sensor[0x3A] == (0x04 | (alignment & 4 ? 8 : 0)));
    }
    CHECK(ov7670_show_bars(true) && native_sensor[0x42] == 0x48);
}

static void a_reset_is_given_its_time(void)
{
    uint16_t before = native_now_ms;
    CHECK(ov7670_reset() && native_sensor[0x12] == 0x80);
    CHECK_THAT((uint16_t)(native_now_ms - before) >= 20, "the sensor is given 20 ms after its reset");
}

void test_sensor(void)
{
    uint16_t before = native_now_ms;
    unsigned writes = native_sensor_writes;
    for (uint8_t divider = 1; divider <= 33; divider++)
        exposure_is_kept_to_flickers_and_the_night_limit(divider);
    CHECK_THAT((uint16_t)(native_now_ms - before) > native_sensor_writes - writes, "every write is followed by a pause of at least 1 ms");
    each_mode_writes_exactly_these_registers();
    a_reset_is_given_its_time();
    CHECK(ov7670_configure(OV7670_HALF, 8) && ov7670_set_alignment(0));
    the_window_is_640_by_480();
    exposure_is_read_from_five_registers();
    silence_is_reported();
}
