// The settings that every mode shares. What is not written keeps its value after a reset, as the datasheet lists it.

#include "ov7670_settings.h"
#include "../../config.h"       // mirror, flip, mains, night limits
#include "../board/board.h"     // BOARD_FLASH
#include "ov7670_regs.h"        // addresses and bits

// First row of the window; the rows before it are dark, and the columns are in the header.
#define FIRST_ROW 10
#define END_ROW (FIRST_ROW + OV7670_PICTURE_ROWS)

#if NIGHT_MAX_GAIN == 2
#define GAIN_CEILING 0
#elif NIGHT_MAX_GAIN == 4
#define GAIN_CEILING 1
#elif NIGHT_MAX_GAIN == 8
#define GAIN_CEILING 2
#elif NIGHT_MAX_GAIN == 16
#define GAIN_CEILING 3
#elif NIGHT_MAX_GAIN == 32
#define GAIN_CEILING 4
#elif NIGHT_MAX_GAIN == 64
#define GAIN_CEILING 5
#else
#define GAIN_CEILING 6
#endif

const ov7670_setting_t ov7670_common[] BOARD_FLASH = {
    // Clock: XCLK goes undivided and unmultiplied to the divider, so that one sensor clock is exactly two of the chip's cycles.
    {OV7670_DBLV, OV7670_DBLV_RESERVED},
    // PCLK rests between rows: its first rise after HREF is the row's first byte, which the capture starts counting from.
    {OV7670_COM10, OV7670_COM10_NO_PCLK_IN_BLANK},
    // YUV422: gray is every second byte, starting with the first if the alignment is right (ov7670_set_alignment).
    {OV7670_COM7, OV7670_COM7_YUV},
    {OV7670_COM13, OV7670_COM13_GAMMA | OV7670_COM13_RESERVED},
    // The window of 640 x 480, from which the smaller sizes are thinned out.
    {OV7670_HSTART, OV7670_FIRST_COLUMN >> 3},
    {OV7670_HSTOP, OV7670_END_COLUMN >> 3},
    {OV7670_VSTRT, FIRST_ROW >> 2},
    {OV7670_VSTOP, END_ROW >> 2},
    {OV7670_VREF, (END_ROW & 3) << 2 | (FIRST_ROW & 3)},
    // Thinning out, without the zoom.
    {OV7670_COM3, OV7670_COM3_DCW_ENABLE},
    {OV7670_SCALING_XSC, OV7670_SCALING_XSC_NONE},
    {OV7670_SCALING_YSC, OV7670_SCALING_YSC_NONE},
    {OV7670_SCALING_PCLK_DELAY, 2}, // value after a reset: the scaler's output is two clocks late, and PCLK with it
    // Exposure, gain and white balance are automatic; exposure in whole flickers of the lamps.
    {OV7670_COM8, OV7670_COM8_FAST_AEC | OV7670_COM8_AEC_STEP_UNLIMITED | OV7670_COM8_BANDING_FILTER
        | OV7670_COM8_AGC | OV7670_COM8_AWB | OV7670_COM8_AEC},
    {OV7670_COM9, GAIN_CEILING << OV7670_COM9_CEILING_SHIFT | OV7670_COM9_RESERVED},
    {OV7670_COM11, OV7670_COM11_BELOW_ONE_BAND | (MAINS_HZ == 50) * OV7670_COM11_BANDING_50HZ},
    // A door is seen against the light of the street: aim a little brighter than the reset values (75, 63), so that the face is not a
    // shadow. The range is wide because in whole flickers the exposure moves by a sixth at a time, and must not hunt.
    {OV7670_AEW, 0x90},
    {OV7670_AEB, 0x60},
    // What follows has not been seen on silicon yet. Exposure counts the middle half of the picture: the visitor, not the street
    // (datasheet, COM4, COM17).
    {OV7670_COM4, OV7670_COM4_EXPOSE_HALF},
    // Black sun: the sun itself would turn into a black spot (datasheet, MVFP; Linux and others set it too).
    {OV7670_MVFP, OV7670_MVFP_RESERVED + SENSOR_BLACK_SUN * OV7670_MVFP_BLACK_SUN + SENSOR_MIRROR * OV7670_MVFP_MIRROR
        + SENSOR_FLIP * OV7670_MVFP_FLIP},
    // The black level follows the temperature, in a box between frost and sun; off after a reset. Values as in Linux, LiveOV7670 and
    // Adafruit_OV7670.
    {OV7670_ABLC1, OV7670_ABLC1_ON},
    {OV7670_THL_ST, 0x82},
    {OV7670_THL_DLT, 0x0A},
    // Hot pixels, which a long exposure shows.
    {OV7670_REG76, OV7670_REG76_CORRECT},
#if SENSOR_LIFT_SHADOWS
    // Gamma 0.5: a backlit face lies in the shadows, which the curve after a reset hardly lifts. Outputs for the inputs 04, 08, 10, 20, 28,
    // 30, 38, 40, 48, 50, 60, 70, 90, B0, D0; the slope from there is (100 - output of D0) x 4 / 3.
    {OV7670_SLOP, 35},
    {OV7670_GAM1 + 0, 32},
    {OV7670_GAM1 + 1, 45},
    {OV7670_GAM1 + 2, 64},
    {OV7670_GAM1 + 3, 90},
    {OV7670_GAM1 + 4, 101},
    {OV7670_GAM1 + 5, 111},
    {OV7670_GAM1 + 6, 119},
    {OV7670_GAM1 + 7, 128},
    {OV7670_GAM1 + 8, 135},
    {OV7670_GAM1 + 9, 143},
    {OV7670_GAM1 + 10, 156},
    {OV7670_GAM1 + 11, 169},
    {OV7670_GAM1 + 12, 191},
    {OV7670_GAM1 + 13, 212},
    {OV7670_GAM1 + 14, 230},
#endif
};
const uint8_t ov7670_common_count = sizeof ov7670_common / sizeof ov7670_common[0];
