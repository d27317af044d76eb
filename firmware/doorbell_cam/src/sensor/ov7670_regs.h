// Addresses and bits of the OV7670 that this sketch uses, by the names of its datasheet (OmniVision, version 1.4, table 5).

#ifndef SENSOR_OV7670_REGS_H
#define SENSOR_OV7670_REGS_H

enum ov7670_register {
    OV7670_GAIN = 0x00,   // AGC, bits 7-0
    OV7670_VREF = 0x03,   // AGC bits 9-8, low bits of the vertical window
    OV7670_COM1 = 0x04,   // AEC bits 1-0
    OV7670_AECHH = 0x07,  // AEC bits 15-10
    OV7670_PID = 0x0A,    // product number, high
    OV7670_VER = 0x0B,    // product number, low
    OV7670_COM3 = 0x0C,   // scaling and down-sampling
    OV7670_AECH = 0x10,   // AEC bits 9-2
    OV7670_CLKRC = 0x11,  // clock divider
    OV7670_COM4 = 0x0D,   // window of the exposure, as in COM17
    OV7670_COM7 = 0x12,   // reset, output format
    OV7670_COM8 = 0x13,   // automatic exposure, gain, white balance
    OV7670_COM9 = 0x14,   // highest gain
    OV7670_COM10 = 0x15,  // PCLK, HREF, VSYNC
    OV7670_HSTART = 0x17, // window, bits 10-3 of the first column
    OV7670_HSTOP = 0x18,  // window, bits 10-3 of the column behind the last
    OV7670_VSTRT = 0x19,  // window, bits 9-2 of the first row
    OV7670_VSTOP = 0x1A,  // window, bits 9-2 of the row behind the last
    OV7670_MVFP = 0x1E,   // mirror and flip
    OV7670_AEW = 0x24,    // upper edge of the range that the exposure is kept in
    OV7670_AEB = 0x25,    // lower edge
    OV7670_HREF = 0x32,   // low bits of the horizontal window
    OV7670_TSLB = 0x3A,   // order of the bytes Y, U, V
    OV7670_COM11 = 0x3B,  // night mode, banding filter
    OV7670_COM13 = 0x3D,  // gamma, order of U and V
    OV7670_COM14 = 0x3E,  // divides PCLK when scaling
    OV7670_COM17 = 0x42,  // colour bars
    OV7670_REG76 = 0x76,  // pixel correction
    OV7670_SLOP = 0x7A,   // gamma: slope of the highest part
    OV7670_GAM1 = 0x7B,   // and the outputs for 15 inputs, to 0x89
    OV7670_DBLV = 0x6B,   // clock multiplier
    OV7670_SCALING_XSC = 0x70,
    OV7670_SCALING_YSC = 0x71,
    OV7670_SCALING_DCWCTR = 0x72,   // down-sampling in both directions
    OV7670_SCALING_PCLK_DIV = 0x73, // divides the scaler's clock
    OV7670_BD50ST = 0x9D,           // rows in one flicker of 50 Hz light
    OV7670_BD60ST = 0x9E,           // the same for 60 Hz
    OV7670_SCALING_PCLK_DELAY = 0xA2,
    OV7670_BD50MAX = 0xA5, // most flickers that may be exposed, 50 Hz
    OV7670_BD60MAX = 0xAB, // the same for 60 Hz
    OV7670_ABLC1 = 0xB1,   // automatic black level
    OV7670_THL_ST = 0xB3,  // its target
    OV7670_THL_DLT = 0xB8, // and its range of stable values
};

#define OV7670_PID_VALUE 0x76
#define OV7670_VER_VALUE 0x73 // seen on nearly all modules; other revisions work as well

#define OV7670_CLKRC_RESERVED 0x80 // set after a reset; kept
#define OV7670_COM3_DCW_ENABLE 0x04
#define OV7670_COM7_RESET 0x80
#define OV7670_COM7_YUV 0x00
#define OV7670_COM8_FAST_AEC 0x80
#define OV7670_COM8_AEC_STEP_UNLIMITED 0x40
#define OV7670_COM8_BANDING_FILTER 0x20
#define OV7670_COM8_AGC 0x04
#define OV7670_COM8_AWB 0x02
#define OV7670_COM8_AEC 0x01
#define OV7670_COM9_RESERVED 0x0A
#define OV7670_COM9_CEILING_SHIFT 4 // 0: 2 times, 1: 4 times ... 6: 128 times
#define OV7670_COM10_NO_PCLK_IN_BLANK 0x20
#define OV7670_MVFP_RESERVED 0x01
#define OV7670_MVFP_BLACK_SUN 0x04
#define OV7670_MVFP_MIRROR 0x20
#define OV7670_MVFP_FLIP 0x10
#define OV7670_TSLB_RESERVED 0x04 // the value after a reset, but for the order of the bytes
#define OV7670_TSLB_CHROMA_FIRST 0x08
#define OV7670_HREF_EDGE_SHIFT 6
#define OV7670_COM11_BANDING_50HZ 0x08
#define OV7670_COM11_BELOW_ONE_BAND 0x02 // bright days may expose for less than one flicker
#define OV7670_COM13_GAMMA 0x80
#define OV7670_COM13_RESERVED 0x08
#define OV7670_COM14_SCALE_PCLK 0x10
#define OV7670_COM14_MANUAL_SCALING 0x08
#define OV7670_COM17_COLOUR_BARS 0x08
#define OV7670_COM17_EXPOSE_HALF 0x40
#define OV7670_COM4_EXPOSE_HALF 0x10
#define OV7670_REG76_CORRECT 0xE1 // black and white pixels; the low five bits as Linux sets them
#define OV7670_ABLC1_ON 0x0C      // bit 2, and bit 3 as everybody who sets it does
#define OV7670_DBLV_RESERVED 0x0A // multiplier bits 7-6 clear: PLL bypassed
#define OV7670_SCALING_PCLK_DIV_RESERVED 0xF0
#define OV7670_SCALING_XSC_NONE 0x3A // value after a reset: no horizontal zoom, no test pattern
#define OV7670_SCALING_YSC_NONE 0x35 // value after a reset: no vertical zoom, no test pattern

#endif
