"""Days on the sun through a real Huawei link and a real Easee link, compared with perfect foresight."""
