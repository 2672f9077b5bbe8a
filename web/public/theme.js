// Applies the chosen theme before the first paint. Without a choice the style sheet follows the system.
try {
  const theme = localStorage.getItem('codecanvas:theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is switched off: the system's theme it is.
}
