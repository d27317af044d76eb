// The settings that every mode shares. What is not written keeps its value after a reset, as the datasheet lists it.

#include "ov7670_settings.h"
#include "../../config.h"       // mirror, flip, mains, night limits
#include "../board/board.h"     // BOARD_FLASH
#include "ov7670.h"             // frame geometry
#include "ov7670_regs.h"        // addresses and bits

// First row and column of the window. Earlier ones hold the sensor's dark reference; should a board show junk at an edge, move these.
#define FIRST_COLUMN 180
#define FIRST_ROW 10
#define END_COLUMN ((FIRST_COLUMN + OV7670_PICTURE_COLUMNS) % OV7670_FRAME_COLUMNS) // the column counter wraps within the row
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
    // YUV422, bytes in the order Y U Y V: gray is every second byte, starting with the first.
    {OV7670_COM7, OV7670_COM7_YUV},
    {OV7670_TSLB, OV7670_TSLB_RESERVED},
    {OV7670_COM13, OV7670_COM13_GAMMA | OV7670_COM13_RESERVED},
    // The window of 640 x 480, from which the smaller sizes are thinned out.
    {OV7670_HSTART, FIRST_COLUMN >> 3},
    {OV7670_HSTOP, END_COLUMN >> 3},
    {OV7670_HREF, (END_COLUMN & 7) << 3 | (FIRST_COLUMN & 7)},
    {OV7670_VSTRT, FIRST_ROW >> 2},
    {OV7670_VSTOP, END_ROW >> 2},
    {OV7670_VREF, (END_ROW & 3) << 2 | (FIRST_ROW & 3)},
    // Thinning out, without the zoom.
    {OV7670_COM3, OV7670_COM3_DCW_ENABLE},
    {OV7670_SCALING_XSC, OV7670_SCALING_XSC_NONE},
    {OV7670_SCALING_YSC, OV7670_SCALING_YSC_NONE},
    {OV7670_SCALING_PCLK_DELAY, 2}, // value after a reset: the scaler's output is two clocks late, and PCLK with it
    // Exposure, gain and white balance are automatic; exposure in whole flickers of the lamps.
    {OV7670_COM8, OV7670_COM8_FAST_AEC | OV7670_COM8_AEC_STEP_UNLIMITED | OV7670_COM8_BANDING_FILTER | OV7670_COM8_AGC | OV7670_COM8_AWB | OV7670_COM8_AEC},
    {OV7670_COM9, GAIN_CEILING << OV7670_COM9_CEILING_SHIFT},
    {OV7670_COM11, OV7670_COM11_BELOW_ONE_BAND | (MAINS_HZ == 50) * OV7670_COM11_BANDING_50HZ},
    // A door is seen against the light of the street: aim a little brighter than the reset values (75, 63), so that the face is not a shadow.
    {OV7670_AEW, 0x88},
    {OV7670_AEB, 0x78},
    {OV7670_MVFP, SENSOR_MIRROR * OV7670_MVFP_MIRROR + SENSOR_FLIP * OV7670_MVFP_FLIP},
};
const uint8_t ov7670_common_count = sizeof ov7670_common / sizeof ov7670_common[0];
