// Pins of the Uno and the Nano. hardware/pinout.csv is the same table; a test compares them line by line, so keep the form of the lines.

#ifndef BOARD_ATMEGA328P_PINS_H
#define BOARD_ATMEGA328P_PINS_H

//      name                 bit     board port direction
#define PIN_PCLK             0    // D8    PB0  in
#define PIN_VSYNC            1    // D9    PB1  in
#define PIN_HREF             2    // D10   PB2  in
#define PIN_XCLK             3    // D11   PB3  out
#define PIN_LAMP             4    // D12   PB4  out
#define PIN_LIGHT            5    // D13   PB5  out
#define PIN_DATA0            0    // A0    PC0  in
#define PIN_DATA1            1    // A1    PC1  in
#define PIN_DATA2            2    // A2    PC2  in
#define PIN_DATA3            3    // A3    PC3  in
#define PIN_SDA              4    // A4    PC4  both
#define PIN_SCL              5    // A5    PC5  out
#define PIN_BELL             2    // D2    PD2  in
#define PIN_MOTION           3    // D3    PD3  in
#define PIN_DATA4            4    // D4    PD4  in
#define PIN_DATA5            5    // D5    PD5  in
#define PIN_DATA6            6    // D6    PD6  in
#define PIN_DATA7            7    // D7    PD7  in

// The low half of a pixel is the low half of port C, the high half the high half of port D: two reads, two masks, no shifting.
#define DATA_LOW_MASK 0x0F
#define DATA_HIGH_MASK 0xF0

#endif
