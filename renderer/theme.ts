/** The look of Restage on top of Mantine: neutral greys, one accent, compact controls. */
import {
  type ActionIconProps,
  type BadgeProps,
  type ButtonProps,
  type CloseButtonProps,
  createTheme,
  type MantineColorsTuple,
  type MantineTheme,
} from '@mantine/core';

const accent: MantineColorsTuple = [
  '#eef1ff',
  '#dbe1ff',
  '#b6c1ff',
  '#93a3ff',
  '#788bff',
  '#5e74f5',
  '#4a63e8',
  '#3f55cf',
  '#3548b3',
  '#283892',
];

/** Neutral: a tint would colour the judgement of a picture. */
const dark: MantineColorsTuple = [
  '#e8e8e8',
  '#c6c6c6',
  '#a6a6a6',
  '#8a8a8a',
  '#4a4a4a',
  '#363636',
  '#292929',
  '#1f1f1f',
  '#181818',
  '#111111',
];

const compact = { defaultProps: { size: 'xs' } };
/** Mantine derives hints from the control's size, which is too small to read here. */
const readable = { label: { fontWeight: 500 }, description: { fontSize: '0.75rem' } };
const field = { ...compact, styles: readable };
const toggle = { ...compact, styles: { description: { fontSize: '0.75rem', lineHeight: 1.35, marginTop: 2 } } };

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: 6,
  colors: { accent, dark },
  autoContrast: false,
  defaultRadius: 'sm',
  fontFamily: 'var(--r-font)',
  fontFamilyMonospace: 'var(--r-font-mono)',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.45', lg: '1.45', xl: '1.4' },
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '1.25rem' }, h2: { fontSize: '1rem' }, h3: { fontSize: '0.875rem' } },
  },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    // No target is smaller than 24 px (WCAG 2.5.8); Mantine's smallest are 22.
    Button: {
      ...compact,
      vars: (_theme: MantineTheme, { size }: ButtonProps) => ({
        root: size === 'compact-xs' ? { '--button-height': '24px' } : {},
      }),
    },
    ActionIcon: {
      defaultProps: { size: 'md', variant: 'subtle', color: 'gray' },
      vars: (_theme: MantineTheme, { size }: ActionIconProps) => ({
        root: size === 'sm' ? { '--ai-size': '24px' } : {},
      }),
    },
    CloseButton: {
      vars: (_theme: MantineTheme, { size }: CloseButtonProps) => ({
        root: size === 'sm' ? { '--cb-size': '24px' } : {},
      }),
    },
    TextInput: field,
    PasswordInput: field,
    NumberInput: field,
    Textarea: field,
    NativeSelect: field,
    SegmentedControl: { ...compact, styles: { label: { paddingInline: 12, fontWeight: 500 } } },
    Switch: toggle,
    Checkbox: toggle,
    Radio: toggle,
    Text: { defaultProps: { size: 'sm' } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: true, fz: 'xs' } },
    Badge: {
      defaultProps: { size: 'sm', radius: 'sm', variant: 'light', tt: 'none' },
      // Mantine's yellow on its light ground misses the contrast of WCAG AA.
      vars: (_theme: MantineTheme, { color }: BadgeProps) => ({
        root: color === 'yellow' ? { '--badge-color': 'light-dark(#6b4200, #ffd43b)' } : {},
      }),
    },
    // Of the page, whose size may not be the window's.
    Modal: { defaultProps: { centered: true, yOffset: '5cqh', overlayProps: { backgroundOpacity: 0.6 } } },
  },
});
