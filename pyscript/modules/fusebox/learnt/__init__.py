"""What devices and wires have shown of themselves: answers, delays, appetites, habits. Pure."""
