"""Days on the sun through a real Huawei link and a real Easee link, against somebody who knows the future."""
